package io.trimtab.actuate.audit;

import java.io.IOException;

/** Where entries outlive the process. */
@FunctionalInterface
public interface AuditStore {
    /** @throws IOException if it is not sure to be kept */
    void append(AuditEntry entry) throws IOException;
}
