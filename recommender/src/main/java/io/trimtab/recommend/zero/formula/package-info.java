/** Formulas over triggers' values, in the words of KEDA's scaling modifiers. Front door: {@link Formula}. Pure. */
@NullMarked
package io.trimtab.recommend.zero.formula;

import org.jspecify.annotations.NullMarked;
