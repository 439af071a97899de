package routes.imaging.event.inbox;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import routes.imaging.event.FileNames;
import routes.imaging.event.SystemShares;

/** Creates the folders of the systems at start, and removes unfinished staging copies of a killed process. */
final class ImagingFolders implements InitializingBean {

    private static final Logger LOG = LoggerFactory.getLogger(ImagingFolders.class);

    private final SystemShares shares;
    private final StagingArea staging;

    ImagingFolders(SystemShares shares, StagingArea staging) {
        this.shares = shares;
        this.staging = staging;
    }

    @Override
    public void afterPropertiesSet() {
        if (!FileNames.areSpelledByThisJvm()) {
            LOG.warn(
                    "This JVM decodes file names as {} (sun.jnu.encoding), which lacks letters that names may have. Files"
                            + " are found by the bytes of their names all the same, but paths in the configuration or"
                            + " on the command line cannot have such letters. Set LC_ALL=C.UTF-8 in the environment",
                    System.getProperty("sun.jnu.encoding"));
        }
        shares.createFolders();
        staging.removeAbandoned();
    }
}
