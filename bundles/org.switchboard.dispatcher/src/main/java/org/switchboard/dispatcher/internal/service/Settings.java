package org.switchboard.dispatcher.internal.service;

import java.time.Duration;

/**
 * The times that govern entries.
 *
 * @param retry how often an entry that failed or stands back is tried again
 * @param providerWait how long clients wait in the kernel's queue for a provider that went away
 * @param obstacleCheck how long a provider may take to say whether it could serve an entry
 * @param faultLimit after how many faults of its provider in a row an entry is closed for a while; 0 for never
 * @param loopingStarts after how many starts in a row that took nothing an entry is suspended; 0 for never
 */
public record Settings(Duration retry, Duration providerWait, Duration obstacleCheck, int faultLimit,
        int loopingStarts) {
}
