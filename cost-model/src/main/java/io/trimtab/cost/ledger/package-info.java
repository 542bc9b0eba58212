/** Keeps the account: closed hours as Parquet files, which DuckDB writes and sums up in process. Front door: {@link Ledger}. Does I/O. Used by: service. */
@NullMarked
package io.trimtab.cost.ledger;

import org.jspecify.annotations.NullMarked;
