/** The door for what is pushed: counts, answers and gives slow senders up. Front doors: {@link RemoteWriteDoor} and {@link OtlpDoor}. Used by: api, loop. */
@NullMarked
package io.trimtab.service.push;

import org.jspecify.annotations.NullMarked;
