/**
 * Reads what scale-to-zero triggers measure. Front door: {@link io.trimtab.ingest.triggers.Triggers}, which makes a {@link io.trimtab.ingest.triggers.Trigger} of
 * the words of an object; {@link io.trimtab.ingest.triggers.SourceGuard} reads it. A new kind of trigger is one class that is a {@link io.trimtab.ingest.triggers.TriggerType}. Edge: HTTP.
 */
@NullMarked
package io.trimtab.ingest.triggers;

import org.jspecify.annotations.NullMarked;
