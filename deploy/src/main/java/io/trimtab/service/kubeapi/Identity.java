package io.trimtab.service.kubeapi;

/** What an authentication found out. */
sealed interface Identity {
    record Known(User user) implements Identity {}

    /** There was nothing for this way of authentication. */
    record Absent() implements Identity {}

    /** There was something, and it does not hold. */
    record Refused(String why) implements Identity {}
}
