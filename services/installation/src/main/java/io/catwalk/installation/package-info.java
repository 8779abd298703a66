/** What is done once for an installation: its topics and bucket, a check of the whole pipeline, and one of its history. */
@NullMarked
package io.catwalk.installation;

import org.jspecify.annotations.NullMarked;
