package io.catwalk.ingestion;

import io.catwalk.chassis.jobs.JobService;
import io.catwalk.chassis.readiness.StoreCheck;
import io.catwalk.ingestion.catalogue.Catalogue;
import io.catwalk.ingestion.upload.UploadExpiry;
import io.catwalk.supervision.Supervisor;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Starts the jobs, the catalogue and the expiry of uploads once the store is found fit; gives the jobs back at the end. */
@ApplicationScoped
class IngestionLifecycle {
    private final JobService jobs;
    private final Catalogue catalogue;
    private final UploadExpiry uploadExpiry;
    private final StoreCheck storeCheck;

    @Inject
    IngestionLifecycle(JobService jobs, Catalogue catalogue, UploadExpiry uploadExpiry, StoreCheck storeCheck) {
        this.jobs = jobs;
        this.catalogue = catalogue;
        this.uploadExpiry = uploadExpiry;
        this.storeCheck = storeCheck;
    }

    void start(@Observes StartupEvent event) {
        jobs.start();
        Supervisor.ofProcess().start("catalogue", this::ingestCatalogue);
        Supervisor.ofProcess().start("upload-expiry", this::expireUploads);
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        jobs.stop();
    }

    private void expireUploads() throws InterruptedException {
        storeCheck.awaitPassed();
        uploadExpiry.run();
    }

    private void ingestCatalogue() throws InterruptedException {
        storeCheck.awaitPassed();
        catalogue.show();
        catalogue.accept();
    }
}
