/** What an image classification dataset is: IDX files in, verified splits with their manifest out. */
@NullMarked
package io.catwalk.dataset;

import org.jspecify.annotations.NullMarked;
