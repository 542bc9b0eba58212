package io.trimtab.service.view;

import java.math.BigDecimal;

/**
 * Money per month (730 h) before and after.
 *
 * @param saving before minus after: negative when the change costs more
 */
public record MoneyChange(BigDecimal before, BigDecimal after, BigDecimal saving, String currency) {}
