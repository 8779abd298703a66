package io.catwalk.benchmark.step;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Adam;
import ai.djl.training.tracker.Tracker;

/** DJL with PyTorch as its guide trains: channels before rows and columns, PyTorch's layout. */
final class DjlTraining implements Training {
    private static final String ENGINE = "PyTorch";
    private static final Shape PAIR = new Shape(2, 2);
    private static final Shape ALL_AROUND = new Shape(1, 1);

    private final Model model;
    private final Trainer trainer;

    private DjlTraining(Model model, Trainer trainer) {
        this.model = model;
        this.trainer = trainer;
    }

    /** With as many threads for one operation. */
    static DjlTraining open(int batch, int threads) {
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
        Model model = Model.newInstance("tutorial-cnn", ENGINE);
        model.setBlock(network());
        Trainer trainer = model.newTrainer(new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
                .optOptimizer(Adam.builder()
                        .optLearningRateTracker(Tracker.fixed(1e-3f))
                        .build()));
        trainer.initialize(new Shape(batch, 1, 28, 28));
        return new DjlTraining(model, trainer);
    }

    private static SequentialBlock network() {
        SequentialBlock network = new SequentialBlock();
        for (int filters : new int[] {32, 64, 128}) {
            network.add(Conv2d.builder()
                            .setFilters(filters)
                            .setKernelShape(new Shape(3, 3))
                            .optPadding(ALL_AROUND)
                            .build())
                    .add(Activation.reluBlock())
                    .add(Pool.maxPool2dBlock(PAIR, PAIR, new Shape(0, 0), true));
        }
        return network.add(Blocks.batchFlattenBlock())
                .add(Linear.builder().setUnits(128).build())
                .add(Activation.reluBlock())
                .add(Linear.builder().setUnits(10).build());
    }

    @Override
    public float step(float[] images, int[] labels, long unused) {
        try (NDManager memory = trainer.getManager().newSubManager()) {
            NDArray pictures = memory.create(images, new Shape(labels.length, 1, 28, 28));
            NDArray classes = memory.create(labels).toType(DataType.FLOAT32, false);
            float value;
            try (GradientCollector gradients = trainer.newGradientCollector()) {
                NDArray loss = trainer.getLoss().evaluate(new NDList(classes), trainer.forward(new NDList(pictures)));
                gradients.backward(loss);
                value = loss.getFloat();
            }
            trainer.step();
            return value;
        }
    }

    @Override
    public void close() {
        trainer.close();
        model.close();
    }
}
