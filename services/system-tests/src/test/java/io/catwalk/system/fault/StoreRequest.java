package io.catwalk.system.fault;

/**
 * A request to the store.
 *
 * @param number from 0, in the order of arrival
 * @param method as {@code PUT}
 * @param key the object's, without its bucket; empty for requests of the bucket
 * @param query what stands behind the question mark; empty without one
 */
public record StoreRequest(long number, String method, String key, String query) {
    static StoreRequest of(long number, String requestLine) {
        String[] words = requestLine.split(" ");
        String[] target = words[1].split("\\?", 2);
        String[] path = target[0].substring(1).split("/", 2);
        return new StoreRequest(number, words[0], path.length < 2 ? "" : path[1], target.length < 2 ? "" : target[1]);
    }

    /** Whether it asks for something that a store keeps. */
    public boolean writes() {
        return method.equals("PUT") || method.equals("POST");
    }
}
