/** The account of the cluster that is looked at: collects each round into hours and keeps them. Front door: {@link CostAccount}. Used by: loop, api, web, cli. */
@NullMarked
package io.trimtab.service.account;

import org.jspecify.annotations.NullMarked;
