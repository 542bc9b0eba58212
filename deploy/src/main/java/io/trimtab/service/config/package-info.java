/** What a user can set, checked at start. Front door: {@link Settings}. */
@NullMarked
package io.trimtab.service.config;

import org.jspecify.annotations.NullMarked;
