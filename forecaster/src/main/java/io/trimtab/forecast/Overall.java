package io.trimtab.forecast;

/** How good the forecasts of all series of a kind were. */
public record Overall(Scope scope, DemandKind kind, TypicalAccuracy typical) {}
