/** What serving tells the other services and its users: events, each to its own topic. */
@NullMarked
package io.catwalk.serving.publishing;

import org.jspecify.annotations.NullMarked;
