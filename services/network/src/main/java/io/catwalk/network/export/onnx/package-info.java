/** Networks as models in the Open Neural Network Exchange format (ONNX). */
@NullMarked
package io.catwalk.network.export.onnx;

import org.jspecify.annotations.NullMarked;
