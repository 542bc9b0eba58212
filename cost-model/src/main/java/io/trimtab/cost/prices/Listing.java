package io.trimtab.cost.prices;

import java.time.LocalDate;

/** Which list of which day a price comes from. */
public record Listing(String provider, String region, LocalDate date) {}
