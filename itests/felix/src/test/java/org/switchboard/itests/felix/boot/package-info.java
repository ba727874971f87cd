/** Do all bundles come up together. */
package org.switchboard.itests.felix.boot;
