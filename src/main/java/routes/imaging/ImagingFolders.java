package routes.imaging;

import org.springframework.beans.factory.InitializingBean;

/** Makes the folders of the systems at start, and removes staging copies that a killed process left unfinished. */
final class ImagingFolders implements InitializingBean {

    private final SystemShares shares;
    private final StagingArea staging;

    ImagingFolders(SystemShares shares, StagingArea staging) {
        this.shares = shares;
        this.staging = staging;
    }

    @Override
    public void afterPropertiesSet() {
        shares.createFolders();
        staging.removeAbandoned();
    }
}
