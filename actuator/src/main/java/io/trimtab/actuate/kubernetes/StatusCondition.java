package io.trimtab.actuate.kubernetes;

/**
 * One condition of an object's status.
 *
 * @param status {@code True}, {@code False} or {@code Unknown}
 * @param reason one word in CamelCase, for programs
 * @param message for people
 */
public record StatusCondition(String type, String status, String reason, String message) {
    public static StatusCondition of(String type, boolean holds, String reason, String message) {
        return new StatusCondition(type, holds ? "True" : "False", reason, message);
    }
}
