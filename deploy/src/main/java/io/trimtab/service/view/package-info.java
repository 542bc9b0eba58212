/** What people and programs are shown: the state of the loop as plain records that REST writes as JSON and the pages render. Front door: {@link Views}. */
@NullMarked
package io.trimtab.service.view;

import org.jspecify.annotations.NullMarked;
