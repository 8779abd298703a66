/** The four services over HTTP, asked with the caller's own credential. */
@NullMarked
package io.catwalk.console.service;

import org.jspecify.annotations.NullMarked;
