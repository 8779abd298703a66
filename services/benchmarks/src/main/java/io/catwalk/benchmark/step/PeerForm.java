package io.catwalk.benchmark.step;

import io.catwalk.benchmark.round.Contestant;
import io.catwalk.network.training.Precision;

/**
 * One of the forms in which a peer trains the network. Its experts would use the quickest of them, so that one is the peer's
 * figure.
 *
 * @param precision in which Catwalk is compared with it
 */
record PeerForm(Peer peer, Precision precision, Contestant contestant) {}
