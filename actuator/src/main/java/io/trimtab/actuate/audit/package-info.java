/** What was asked for and what became of it, append-only. Front door: {@link io.trimtab.actuate.audit.AuditLog}. */
@NullMarked
package io.trimtab.actuate.audit;

import org.jspecify.annotations.NullMarked;
