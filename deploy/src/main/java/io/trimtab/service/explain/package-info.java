/** Says in plain words what is recommended, why, and what could go wrong. Front door: {@link Explanation}. Pure. Used by: api, web, cli. */
@NullMarked
package io.trimtab.service.explain;

import org.jspecify.annotations.NullMarked;
