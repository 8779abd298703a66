/** What is done once for an installation: its topics and bucket, and a check of the whole pipeline. */
@NullMarked
package io.catwalk.installation;

import org.jspecify.annotations.NullMarked;
