/** Every decision, asked from outside: JSON in, the core's pure function, JSON out. Front door: {@link Evaluator}. One file a kind. */
@NullMarked
package io.trimtab.service.evaluate;

import org.jspecify.annotations.NullMarked;
