package io.trimtab.service.kubeapi;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Who asks, as the cluster's authentication names them. */
record User(String name, String uid, List<String> groups, Map<String, List<String>> extra) {
    private static final String ANONYMOUS = "system:anonymous";
    private static final String AUTHENTICATED = "system:authenticated";
    private static final String UNAUTHENTICATED = "system:unauthenticated";

    User {
        groups = List.copyOf(groups);
        extra = Map.copyOf(extra);
    }

    /** As every API server does: whoever is named is also of the group of those who are. */
    User withAuthenticatedGroup() {
        boolean settled = name.equals(ANONYMOUS) || groups.contains(AUTHENTICATED) || groups.contains(UNAUTHENTICATED);
        return settled
                ? this
                : new User(
                        name,
                        uid,
                        Stream.concat(groups.stream(), Stream.of(AUTHENTICATED)).toList(),
                        extra);
    }
}
