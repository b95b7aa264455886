package dev.signaling.demo.browser;

/** The browsers that the tests drive. */
enum BrowserKind {
    CHROMIUM("Chromium"),
    FIREFOX("Firefox");

    private final String name;

    BrowserKind(String name) {
        this.name = name;
    }

    /** Whether all programs that it takes are there. */
    boolean isInstalled() {
        return switch (this) {
            case CHROMIUM -> ChromiumLauncher.isInstalled();
            case FIREFOX -> FirefoxLauncher.isInstalled();
        };
    }

    Browser launch(Camera camera, Place place) {
        return switch (this) {
            case CHROMIUM -> ChromiumLauncher.launch(camera, place);
            case FIREFOX -> FirefoxLauncher.launch(camera, place);
        };
    }

    @Override
    public String toString() {
        return name;
    }
}
