/** What the protocols over HTTP share: receiving bodies, paths, media types, and answers. */
@NullMarked
package io.catwalk.serving.protocol.http;

import org.jspecify.annotations.NullMarked;
