/** Budgets: what was spent of them, what will be, and what nobody expected. Front door: {@link BudgetDesk}. Used by: REST, pages and metrics. */
@NullMarked
package io.trimtab.service.budget;

import org.jspecify.annotations.NullMarked;
