package io.trimtab.ingest.kubernetes;

import java.util.Optional;

/** A record and the object that controls it directly. */
record Owned<R>(R record, Optional<ControllerRef> controller) {}
