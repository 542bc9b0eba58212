package io.trimtab.recommend.zero;

import io.trimtab.recommend.zero.formula.Formula;
import java.math.BigDecimal;

/** One composite value in place of all triggers' values and activity; active strictly above {@code activationTarget}. */
public record Modifiers(Formula formula, Target target, BigDecimal activationTarget) {}
