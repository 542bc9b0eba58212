package io.trimtab.recommend.pods;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import java.util.Optional;

/** Requests for one container; a resource without samples has none. */
public record Sizing(Optional<Range<MilliCores>> cpu, Optional<Range<Bytes>> memory) {}
