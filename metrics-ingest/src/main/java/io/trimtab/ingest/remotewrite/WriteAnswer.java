package io.trimtab.ingest.remotewrite;

/** What a request is answered. */
public sealed interface WriteAnswer {
    /** All of it was taken. */
    record Written(Received received) implements WriteAnswer {}

    /** Another replica of the same senders is listened to; its sender has nothing to do about it. */
    record Deduplicated(Received received) implements WriteAnswer {}

    /**
     * A part was taken, the rest must not be sent again.
     *
     * @param reasons how many samples were not taken and why
     */
    record Partly(Received received, String reasons) implements WriteAnswer {}

    /**
     * It cannot be read, from some byte on at least.
     *
     * @param received what came before that
     * @param detail what is wrong and what to do
     */
    record Refused(RequestFault fault, Received received, String detail) implements WriteAnswer {}
}
