/** The report of one round as a table, JSON, CSV or HTML. Front door: {@link ReportFormat}. */
@NullMarked
package io.trimtab.service.report;

import org.jspecify.annotations.NullMarked;
