/** Finds pods of one workload that differ for good. Front door: {@link UsageGroups}. Pure: no I/O, no clock. Used by: the forecasters. */
@NullMarked
package io.trimtab.forecast.groups;

import org.jspecify.annotations.NullMarked;
