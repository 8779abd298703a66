package io.catwalk.objectstore;

/** Where the keys come from that calls to the store are signed with. */
public enum StoreAuth {
    /** They are configured. */
    KEYS,
    /** They are asked for in the name of the process's own identity; see {@link StoreCredentials.WorkloadIdentity}. */
    WORKLOAD_IDENTITY
}
