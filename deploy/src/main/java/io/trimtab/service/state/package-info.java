/** What survives a restart: pieces of state, kept in one file. Front door: {@link StateKeeper}. */
@NullMarked
package io.trimtab.service.state;

import org.jspecify.annotations.NullMarked;
