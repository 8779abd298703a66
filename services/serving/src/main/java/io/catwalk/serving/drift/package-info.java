/** Whether the images of requests differ from those that a version was trained on. */
@NullMarked
package io.catwalk.serving.drift;

import org.jspecify.annotations.NullMarked;
