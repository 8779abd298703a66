/** Whether what the bucket's journals say and what the topics' records say is one consistent history. */
@NullMarked
package io.catwalk.history;

import org.jspecify.annotations.NullMarked;
