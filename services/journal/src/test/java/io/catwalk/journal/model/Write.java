package io.catwalk.journal.model;

/**
 * An append that is to be made, or was made without an answer: the creation of entry {@code number}.
 *
 * @param stands whether it has created the entry already, which its nonce tells its writer
 */
record Write(int number, Entry entry, boolean stands) {
    Write(int number, Entry entry) {
        this(number, entry, false);
    }

    Write standing() {
        return new Write(number, entry, true);
    }
}
