/** The built-in pages, rendered on the server from {@code dashboards/web}. Reading works without JavaScript. */
@NullMarked
package io.trimtab.service.web;

import org.jspecify.annotations.NullMarked;
