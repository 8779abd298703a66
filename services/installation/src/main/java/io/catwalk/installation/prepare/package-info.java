/** Topics and bucket, brought to what they must be; repeatable. */
@NullMarked
package io.catwalk.installation.prepare;

import org.jspecify.annotations.NullMarked;
