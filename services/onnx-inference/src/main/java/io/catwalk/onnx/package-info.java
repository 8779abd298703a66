/** Classification by ONNX models that were checked before ONNX Runtime loads them. */
@NullMarked
package io.catwalk.onnx;

import org.jspecify.annotations.NullMarked;
