"""The tutorial's network in Keras on TensorFlow, trained by fit."""

import rounds

images, labels, size, threads = rounds.batches()

import keras
import tensorflow as tf
from keras import layers

tf.config.threading.set_intra_op_parallelism_threads(threads)

model = keras.Sequential([keras.Input((28, 28, 1))])
for filters in (32, 64, 128):
    model.add(layers.Conv2D(filters, 3, padding="same", activation="relu"))
    model.add(layers.MaxPooling2D(2, padding="same"))
model.add(layers.Flatten())
model.add(layers.Dense(128, activation="relu"))
model.add(layers.Dense(10))
model.compile(
    optimizer=keras.optimizers.Adam(1e-3),
    loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    metrics=["accuracy"],
)
pictures = images[..., None]

rounds.serve(
    "Keras %s on TensorFlow %s, fit" % (keras.__version__, tf.__version__),
    lambda: model.fit(pictures, labels, batch_size=size, epochs=1, shuffle=False, verbose=0),
)
