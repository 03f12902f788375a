"""The pages for training, a module for each thing that trainers and learners do."""
