/** Forecasts files of the user's for a scorer. Front doors: {@link PathBenchmark}, {@link RollingBenchmark}. Edge: reads and writes files. Used by: cli. */
@NullMarked
package io.trimtab.service.backtest;

import org.jspecify.annotations.NullMarked;
