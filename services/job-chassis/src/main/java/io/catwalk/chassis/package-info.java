/**
 * What every service shares on the Quarkus side: the store's connection, requests in from Kafka, events out to it, the
 * running of jobs, error answers. It knows no service and no kind of job.
 */
@NullMarked
package io.catwalk.chassis;

import org.jspecify.annotations.NullMarked;
